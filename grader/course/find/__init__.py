"""Who handed in what: a folder, a zip or a platform's export -> submissions, one a student."""
