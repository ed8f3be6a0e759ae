"""What units have done and what is decided about them: one module a kind of fact, all entered, corrected, voided and
restored by `entry`. Facts that come in a workbook are the business of `services.importing`."""
