"""Reports and other records as people read, correct, return, dispute and settle them."""
