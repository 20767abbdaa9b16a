def check_month(*a): return {}
