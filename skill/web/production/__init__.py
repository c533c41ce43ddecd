"""The production server: gunicorn around the same application, and what its operator sees. Extra `production`."""
