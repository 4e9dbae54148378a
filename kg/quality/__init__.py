"""What is wrong or doubtful in a landscape as a whole: shapes that it breaks, checks that it fails."""
