"""The logs of laptops: what one sitting enters, and what they say together."""
