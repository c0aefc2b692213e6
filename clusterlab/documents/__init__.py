"""Documents: nbconvert exporters that draw executed notebooks, one module per format."""
