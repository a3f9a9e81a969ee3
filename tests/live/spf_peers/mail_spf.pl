#!/usr/bin/perl
# Mail::SPF for the senders and the DNS in a JSON file: mail_spf.pl WORLD
#
# Prints a line a sender: result, explanation, what decided; tabs between.
use strict;
use warnings;

# A resolver that knows what is in a table, and nothing else.
package Table;
use Net::DNS;

sub new { my ($class, $records) = @_; return bless { records => $records }, $class }
sub errorstring { return $_[0]{error} }

sub send {
	my ($self, $name, $type) = @_;
	my $packet = Net::DNS::Packet->new('name.test', $type);

	$self->{error} = '';
	$name = lc $name;
	for (1 .. 12) {
		my $alias = $self->{records}{"$name CNAME"} or last;
		$packet->push(answer => Net::DNS::RR->new("$name. CNAME $alias->[0]."));
		$name = lc $alias->[0];
	}
	my $found = $self->{records}{"$name $type"};
	if (defined $found && !ref $found) {
		$self->{error} = 'timeout' if $found eq 'TIMEOUT';
		$packet->header->rcode('SERVFAIL');
		return $packet;
	}
	$packet->push(answer => $self->record($name, $type, $_)) for @{ $found // [] };
	return $packet;
}

sub record {
	my ($self, $name, $type, $value) = @_;
	my %rr = (name => 'name.test', type => $type);

	@rr{qw(preference exchange)} = split / /, $value if $type eq 'MX';
	$rr{ptrdname} = $value if $type eq 'PTR';
	$rr{txtdata} = $value if $type eq 'TXT';
	$rr{address} = $value if $type eq 'A' || $type eq 'AAAA';
	return Net::DNS::RR->new(%rr);
}

package main;
use JSON::PP;
use Mail::SPF;

sub answer {
	my ($server, $query) = @_;
	my ($ip, $mail_from, $helo) = @$query;
	my $request = Mail::SPF::Request->new(
		versions => [1],
		scope => $mail_from eq '' ? 'helo' : 'mfrom',
		identity => $mail_from eq '' ? $helo : $mail_from,
		ip_address => $ip,
		helo_identity => $helo eq '' ? undef : $helo,
	);
	my $result = $server->process($request);
	my $explanation = $result->can('authority_explanation') ? $result->authority_explanation : '';
	my $code = $result->code;
	$code =~ s/-by-default//;
	return ($code, $explanation, $result->text);
}

open my $file, '<', $ARGV[0] or die "$ARGV[0]: $!\n";
my $world = decode_json(do { local $/; <$file> });
my $server = Mail::SPF::Server->new(
	dns_resolver => Table->new($world->{records}),
	default_authority_explanation => 'DEFAULT',
	hostname => 'unknown',
);
binmode STDOUT, ':utf8';
for my $query (@{ $world->{queries} }) {
	my @answer = eval { answer($server, $query) };
	@answer = ('error', '', "$@") if !@answer;
	s/[\t\n]+/ /g for @answer;
	print join("\t", @answer), "\n";
}
