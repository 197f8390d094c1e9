"""The network of a judge in torch: its layers, its heads, and the weights that it starts from."""
