"""Reports as HTML pages, each one file that needs nothing else; wants the extra `html`."""
