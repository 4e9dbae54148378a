"""Who is party to what, what covers what: the tables that every analysis starts from, and graphs made of them."""
