#!/usr/bin/perl
# DKIM verifications a second of Mail::DKIM: mail_dkim.pl MESSAGE RECORD COUNT
# The key record is in memory.  Prints the rate by CPU.
use strict;
use warnings;
use Mail::DKIM::PublicKey;
use Mail::DKIM::Verifier;

my ($path, $record, $count) = @ARGV;
open my $in, '<:raw', $path or die "$path: $!";
my $message = do { local $/; <$in> };
my $key = Mail::DKIM::PublicKey->parse($record);
{
	no warnings 'redefine';
	*Mail::DKIM::Signature::fetch_public_key = sub { };
	*Mail::DKIM::Signature::get_public_key = sub { return $key };
}
my $start = (times)[0];
for (1 .. $count) {
	my $verifier = Mail::DKIM::Verifier->new;
	$verifier->PRINT($message);
	$verifier->CLOSE;
	die $verifier->result_detail unless $verifier->result eq 'pass';
}
printf "%.0f\n", $count / ((times)[0] - $start);
