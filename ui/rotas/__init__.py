"""The page Rota, "Your visits", and what a slot takes."""
