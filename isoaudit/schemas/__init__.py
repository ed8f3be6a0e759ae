"""marshmallow schemas: what goes over the wire as JSON, and the rows of the province workbook."""
