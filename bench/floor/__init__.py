"""The least that a Django site with a login can be, which `bench.standing` measures the product against."""
