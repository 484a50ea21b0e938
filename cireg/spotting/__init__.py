"""Where an improvement is called for: KPIs that show it, and what tickets are about again and again."""
