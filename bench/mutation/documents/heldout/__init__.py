"""Held-out operators (留出集): written from the field's catalogue of defects before any rule was written for them."""
