"""What cireg costs beside its peers, both measured in one run: `make bench`."""
