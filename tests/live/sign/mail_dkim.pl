#!/usr/bin/perl
# What Mail::DKIM concludes of a message: mail_dkim.pl RECORD <message, with CRLF.
use strict;
use warnings;
use Mail::DKIM::Verifier;
use Net::DNS::RR;

my $record = shift;
my @strings = map { qq("$_") } $record =~ /(.{1,255})/g;
{
    no warnings qw(redefine once);
    *Mail::DKIM::DNS::query = sub {
        my ($name, $type) = @_;
        return Net::DNS::RR->new("$name. 3600 IN TXT " . join(' ', @strings));
    };
}
binmode STDIN;
local $/;
my $verifier = Mail::DKIM::Verifier->new;
$verifier->PRINT(scalar <STDIN>);
$verifier->CLOSE;
print(($verifier->result_detail || $verifier->result), "\n");
