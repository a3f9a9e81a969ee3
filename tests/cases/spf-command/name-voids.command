spf
