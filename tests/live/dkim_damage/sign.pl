#!/usr/bin/perl
# Has Mail::DKIM sign a message: sign.pl KEY-FILE METHOD <MESSAGE >DKIM-SIGNATURE
use strict;
use warnings;
use Mail::DKIM::Signer;

my ($key, $method) = @ARGV;
my $signer = Mail::DKIM::Signer->new(
	Algorithm => 'rsa-sha256',
	Method    => $method,
	Domain    => 'example.com',
	Selector  => 'rsa',
	KeyFile   => $key,
	Headers   => 'MIME-Version:Content-Type:Content-Transfer-Encoding:Message-ID',
);
binmode STDIN;
local $/;
$signer->PRINT(scalar <STDIN>);
$signer->CLOSE;
binmode STDOUT;
print $signer->signature->as_string, "\r\n";
