"""A minimal Django site with a login, against which `bench.standing` measures the product."""
