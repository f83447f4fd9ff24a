"""How the shared file and the laptops that use it are doing, in figures and in words."""
