"""The widgets: the only room of the kit that knows Jupyter."""
