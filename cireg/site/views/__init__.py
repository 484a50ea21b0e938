"""What the pages say, as frozen data that is ready to be shown: templates only put it in its place."""
