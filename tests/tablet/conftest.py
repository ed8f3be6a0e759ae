"""What the tests of the tablet's server side share: a small audit with its team, and a device that talks to the API."""
