"""The bundled sample: two small marketing blogs, served on loopback by `hubbub demo` and by the tests."""
