"""What may be public: what is withheld of an account, its words, and the check before an export."""
