"""The rota: slots, who could go, the proposal of the solver, and what the office and the visitors see of it."""
