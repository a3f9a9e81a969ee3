/* What each format says beyond plain records: what goes, what is unknown, how texts are
 * written. */
#include "unit.h"

#include "base/arena.h"
#include "proposal/read.h"

/* In all inputs ' stands for ". */
#define R53_ZONE                                                                               \
	"{'ResourceRecordSets': [{'Name': 'x.example.', 'Type': 'SOA', 'TTL': 9, "             \
	"'ResourceRecords': [{'Value': 'a. b. 1 2 3 4 5'}]}, "
#define CLOUDFLARE(record) "{'success': true, 'result': [" record "]}"
#define DNSCONTROL(more, record)                                                               \
	"{'domains': [{'name': 'x.example', " more "'records': [" record "]}]}"
#define PLAN(type, after, unknown)                                                             \
	"{'resource_changes': [{'address': '" type ".r', 'mode': 'managed', 'type': '" type    \
	"', 'change': {'actions': ['create'], 'before': null, 'after': " after                 \
	", 'after_unknown': " unknown "}}]}"

static const struct {
	const char *text, *name;
	uint16_t type;
	/* the records' rdata, joined by " | "; or "absent", "unknown: WHY", "base" */
	const char *answer;
} cases[] = {
	/* octoDNS (the file's name tells the zone) */
	{ "? ''\n: type: TXT\n  value: v=DMARC1\\; p=none\n", "x.example", MD_TXT,
	  "'v=DMARC1; p=none'" },
	{ "t:\n  type: TXT\n  value: '\\'a\\' \\'b\\''\n", "t.x.example", MD_TXT, "'ab'" },
	{ "'':\n  type: MX\n  value: {priority: 5, value: mx.x.example.}\n", "x.example", MD_MX,
	  "5 mx.x.example." },
	{ "al:\n  type: ALIAS\n  value: y.example.\n", "al.x.example", MD_A,
	  "unknown: ALIAS: the provider" },
	{ "t:\n  octodns: {ignored: true}\n  type: TXT\n  value: a\n", "t.x.example", MD_TXT,
	  "base" },
	{ "a: &a {type: A, value: 192.0.2.1}\nb: *a\n", "b.x.example", MD_A, "192.0.2.1" },
	{ "a: &a {type: A, ttl: 5, value: 192.0.2.9}\nb: {<<: *a, value: 192.0.2.2}\nc: {type: A, value: "
	  "192.0.2.3}\n"
	  "d: {<<: [{value: 192.0.2.4}, *a], ttl: 6}\n",
	  "d.x.example", MD_A, "192.0.2.4" },
	{ "t:\n  type: TXT\n  value: !!str v=spf1\n", "t.x.example", MD_TXT, "'v=spf1'" },
	/* gcloud dns record-sets export, and a transaction */
	{ "---\nkind: dns#resourceRecordSet\nname: x.example.\nrrdatas:\n- 10 mx.y.example.\nttl: "
	  "300\ntype: MX\n\n---\nkind: dns#resourceRecordSet\nname: x.example.\nrrdatas:\n- \"v=spf1 "
	  "-all\"\nttl: 300\ntype: TXT\n",
	  "x.example", MD_MX, "10 mx.y.example." },
	{ "---\nadditions:\n- name: x.example.\n  rrdatas: [10 mx.y.example.]\n  ttl: 5\n  type: "
	  "MX\ndeletions:\n- name: x.example.\n  rrdatas: [a]\n  ttl: 5\n  type: TXT\n",
	  "x.example", MD_TXT, "absent" },
	/* octoDNS leaves NS of the root alone, and has no SOA */
	{ "t:\n  type: A\n  value: 192.0.2.1\n", "x.example", MD_NS, "base" },
	{ "t:\n  type: A\n  value: 192.0.2.1\n", "x.example", MD_MX, "absent" },

	/* dnscontrol */
	{ DNSCONTROL("", "{'type': 'MX', 'name': '@', 'target': 'mx', 'Fields': {'Preference': "
	                 "7, 'Mx': 'mx'}}"),
	  "x.example", MD_MX, "7 mx.x.example." },
	{ DNSCONTROL("", "{'type': 'TXT', 'name': 't', 'target': 'ab', 'txtstrings': ['a', "
	                 "'b']}"),
	  "t.x.example", MD_TXT, "'a' 'b'" },
	{ DNSCONTROL("", "{'type': 'A', 'name': 'w', 'target': '192.0.2.1', 'meta': "
	                 "{'cloudflare_proxy': 'on'}}"),
	  "w.x.example", MD_A, "unknown: A: the provider" },
	{ DNSCONTROL("'keepunknown': true, ",
	             "{'type': 'A', 'name': 'w', 'target': '192.0.2.1'}"),
	  "w.x.example", MD_A, "192.0.2.1" },
	{ DNSCONTROL("'keepunknown': true, ",
	             "{'type': 'A', 'name': 'w', 'target': '192.0.2.1'}"),
	  "other.x.example", MD_A, "base" },
	{ DNSCONTROL("", "{'type': 'A', 'name': 'w', 'target': '192.0.2.1'}"),
	  "other.x.example", MD_A, "absent" },

	{ DNSCONTROL("'ignore_external_dns': true, ", ""), "other.x.example", MD_A, "base" },
	{ DNSCONTROL("", "{'type': 'SOA', 'name': '@', 'target': 'ns1.x.example.', 'soambox': "
	                 "'admin.x.example', 'soarefresh': 1, 'soaretry': 2, 'soaexpire': 3, "
	                 "'soaminttl': 4}"),
	  "x.example", MD_SOA, "ns1.x.example. admin.x.example. 0 1 2 3 4" },

	/* Route 53 */
	{ R53_ZONE "{'Name': '\\\\052.x.example.', 'Type': 'TXT', 'TTL': 9, 'ResourceRecords': "
	           "[{'Value': '\\'a\\\\100b\\''}]}]}",
	  "*.x.example", MD_TXT, "'a@b'" },
	{ R53_ZONE "{'Name': 'w.x.example.', 'Type': 'A', 'AliasTarget': {'DNSName': "
	           "'lb.example.'}}]}",
	  "w.x.example", MD_A, "unknown: an alias of lb.example." },
	{ R53_ZONE "{'Name': 'w.x.example.', 'Type': 'A', 'AliasTarget': {'DNSName': "
	           "'lb.example.'}}]}",
	  "w.x.example", MD_TXT, "absent" },
	{ R53_ZONE "{'Name': 'w.x.example.', 'Type': 'A', 'SetIdentifier': 'a', 'Weight': 1, "
	           "'TTL': 1, 'ResourceRecords': [{'Value': '192.0.2.1'}]}]}",
	  "w.x.example", MD_A, "unknown: one of several sets" },
	{ "{'Changes': [{'Action': 'DELETE', 'ResourceRecordSet': {'Name': 'w.x.example', "
	  "'Type': 'A'}}]}",
	  "w.x.example", MD_A, "absent" },

	/* PowerDNS */
	{ "{'rrsets': [{'name': 'w.x.example.', 'type': 'A', 'changetype': 'REPLACE', "
	  "'records': []}]}",
	  "w.x.example", MD_A, "absent" },
	{ "{'rrsets': [{'name': 'w.x.example.', 'type': 'A', 'changetype': 'EXTEND', "
	  "'records': [{'content': '192.0.2.1'}]}]}",
	  "w.x.example", MD_A, "unknown: EXTEND of what is there" },
	{ "{'name': 'x.example.', 'rrsets': [{'name': 'w.x.example.', 'type': 'A', 'records': "
	  "[{'content': '192.0.2.1', 'disabled': true}]}, {'name': 'v.x.example.', 'type': "
	  "'A', 'records': [{'content': '192.0.2.1'}]}]}",
	  "w.x.example", MD_A, "absent" },

	/* Cloudflare */
	{ CLOUDFLARE("{'name': 'x.example', 'type': 'TXT', 'content': 'v=spf1 -all'}"),
	  "x.example", MD_TXT, "'v=spf1 -all'" },
	{ CLOUDFLARE("{'name': 'x.example', 'type': 'TXT', 'content': '\\'a\\' \\'b\\''}"),
	  "x.example", MD_TXT, "'a' 'b'" },
	{ CLOUDFLARE("{'name': 'x.example', 'type': 'MX', 'content': 'mx.y.example', "
	             "'priority': 5}"),
	  "x.example", MD_MX, "5 mx.y.example." },
	{ CLOUDFLARE("{'name': 'x.example', 'type': 'CNAME', 'content': 'y.example'}, {'name': "
	             "'x.example', 'type': 'MX', 'content': 'mx.y.example'}"),
	  "x.example", MD_A, "unknown: a CNAME at the apex" },
	{ CLOUDFLARE("{'name': 'x.example', 'type': 'CNAME', 'content': 'y.example'}, {'name': "
	             "'x.example', 'type': 'MX', 'content': 'mx.y.example'}"),
	  "x.example", MD_MX, "0 mx.y.example." },
	{ CLOUDFLARE("{'name': 'x.example', 'type': 'A', 'content': '192.0.2.1', 'proxied': "
	             "true}, {'name': 'v.x.example', 'type': 'A', 'content': '192.0.2.1'}"),
	  "x.example", MD_AAAA, "unknown: proxied" },

	/* Terraform: what is known only after apply */
	{ PLAN("aws_route53_record", "{'name': 'w.x.example', 'type': 'A', 'zone_id': 'Z'}",
	       "{'records': true}"),
	  "w.x.example", MD_A, "unknown: known after apply" },
	{ PLAN("aws_route53_record",
	       "{'name': 'w.x.example', 'type': 'A', 'zone_id': 'Z', 'records': ['192.0.2.1']}",
	       "{'records': [false, true]}"),
	  "w.x.example", MD_A, "unknown: known after apply" },
	{ PLAN("aws_route53_record",
	       "{'name': 'w.x.example', 'type': 'A', 'zone_id': 'Z', 'records': ['192.0.2.1']}",
	       "{'id': true, 'fqdn': true, 'records': [false]}"),
	  "w.x.example", MD_A, "192.0.2.1" },
	{ PLAN("aws_route53_record",
	       "{'name': 'w.x.example', 'type': 'A', 'records': ['192.0.2.1', null]}",
	       "{'records': [false, true]}"),
	  "w.x.example", MD_A, "unknown: known after apply" },
	/* the providers' ways */
	{ PLAN("aws_route53_record",
	       "{'name': 'x.example', 'type': 'TXT', 'records': ['v=spf1 a\\' \\'-all']}",
	       "{}"),
	  "x.example", MD_TXT, "'v=spf1 a' '-all'" },
	{ PLAN("cloudflare_dns_record",
	       "{'name': '_25._tcp.x.example', 'type': 'TLSA', 'data': {'usage': 3, 'selector': "
	       "1, 'matching_type': 1, 'certificate': 'ab'}}",
	       "{'content': true}"),
	  "_25._tcp.x.example", MD_TLSA, "3 1 1 ab" },
	{ PLAN("google_dns_record_set",
	       "{'name': 'x.example.', 'type': 'MX', 'rrdatas': ['1 mx.x.example.']}", "{}"),
	  "x.example", MD_MX, "1 mx.x.example." },
	{ PLAN("azurerm_dns_mx_record",
	       "{'name': '@', 'zone_name': 'x.example', 'record': [{'preference': '10', "
	       "'exchange': 'mx.y.example.'}]}",
	       "{}"),
	  "x.example", MD_MX, "10 mx.y.example." },
	{ PLAN("azurerm_dns_txt_record",
	       "{'name': '_dmarc', 'zone_name': 'x.example', 'record': [{'value': 'v=DMARC1; "
	       "p=none'}]}",
	       "{}"),
	  "_dmarc.x.example", MD_TXT, "'v=DMARC1; p=none'" },
	{ PLAN("azurerm_dns_cname_record",
	       "{'name': 's._domainkey', 'zone_name': 'x.example', 'record': 'y.example'}",
	       "{}"),
	  "s._domainkey.x.example", MD_CNAME, "y.example." },
	{ PLAN("ovh_domain_zone_record",
	       "{'zone': 'x.example', 'subdomain': '', 'fieldtype': 'MX', 'target': '1 mx'}",
	       "{}"),
	  "x.example", MD_MX, "1 mx.x.example." },
	{ PLAN("gandi_livedns_record",
	       "{'zone': 'x.example', 'name': '@', 'type': 'MX', 'values': ['1 mx']}", "{}"),
	  "x.example", MD_MX, "1 mx.x.example." },
	{ PLAN("digitalocean_record",
	       "{'domain': 'x.example', 'name': '@', 'type': 'MX', 'value': 'mx.y.example.', "
	       "'priority': 4}",
	       "{}"),
	  "x.example", MD_MX, "4 mx.y.example." },
	{ PLAN("digitalocean_record",
	       "{'domain': 'x.example', 'name': '_a._tcp', 'type': 'SRV', 'value': 'y.example.', "
	       "'priority': 1, 'weight': 2, 'port': 25}",
	       "{}"),
	  "_a._tcp.x.example", 33, "1 2 25 y.example." },
	{ PLAN("powerdns_record",
	       "{'zone': 'x.example.', 'name': 'x.example.', 'type': 'TXT', 'records': ['\\'v="
	       "spf1 -all\\'']}",
	       "{}"),
	  "x.example", MD_TXT, "'v=spf1 -all'" },
	{ PLAN("scaleway_domain_record",
	       "{'dns_zone': 'x.example', 'name': '', 'type': 'MX', 'data': 'mx', 'priority': 3}",
	       "{}"),
	  "x.example", MD_MX, "3 mx.x.example." },
	{ PLAN("dnsimple_zone_record",
	       "{'zone_name': 'x.example', 'name': '', 'type': 'TXT', 'value': 'v=spf1 -all'}",
	       "{}"),
	  "x.example", MD_TXT, "'v=spf1 -all'" },
	{ PLAN("aws_instance", "{'name': 'x.example'}", "{}"), "x.example", MD_A, "base" },
	/* a record that is renamed leaves its old name; two of a name are one RRset */
	{ "{'resource_changes': [{'type': 'cloudflare_record', 'change': {'actions': "
	  "['update'], 'before': {'name': 'a.x.example', 'type': 'A', 'value': '192.0.2.1'}, "
	  "'after': {'name': 'b.x.example', 'type': 'A', 'value': '192.0.2.1'}}}]}",
	  "a.x.example", MD_A, "absent" },
	{ "{'resource_changes': [{'type': 'cloudflare_record', 'change': {'actions': "
	  "['delete'], 'before': {'name': 'a.x.example', 'type': 'A', 'value': '192.0.2.1'}, "
	  "'after': null}}, {'type': 'cloudflare_record', 'change': {'actions': ['no-op'], "
	  "'before': {'name': 'a.x.example', 'type': 'A', 'value': '192.0.2.2'}, 'after': "
	  "{'name': 'a.x.example', 'type': 'A', 'value': '192.0.2.2'}}}]}",
	  "a.x.example", MD_A, "192.0.2.2" },
};

/* ' for ", but \' stays as \" within strings of JSON. */
static struct md_str
with_quotes(struct md_arena *mem, const char *text)
{
	char *copy = md_strdup(mem, text);

	for (char *s = copy; *s != '\0'; s++)
		if (*s == '\'')
			*s = '"';
	return md_str(copy);
}

static const char *
answer(struct md_arena *mem, const struct md_proposal *p, const char *name, uint16_t type)
{
	const struct md_question q = { name, type, 0, "" };
	struct md_dns d = { .fact = { .why = "" }, .origin = "" };
	struct md_buf text = { .mem = mem };

	if (md_proposal_alias(p, name, type) != NULL)
		return md_printf(mem, "unknown: %s", md_proposal_alias(p, name, type));
	if (!md_proposal_covers(p, name, type))
		return "base";
	md_proposal_find(p, mem, &q, &d);
	if (d.fact.state == MD_UNKNOWN)
		return md_printf(mem, "unknown: %s", d.fact.why);
	if (d.fact.state == MD_ABSENT)
		return "absent";
	for (size_t i = 0; i < d.n; i++)
		md_buf_printf(&text, "%s%s", i > 0 ? " | " : "", md_rr_text(mem, &d.rr[i]));
	return md_buf_str(&text);
}

static void
each_format_is_read_as_its_tool_means_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct md_arena *mem = md_arena_new();
		struct md_proposal_builder *b = md_proposal_new(mem);
		const char *why = "", *got, *want;

		want = with_quotes(mem, cases[i].answer).p;
		print_message("  %s\n", cases[i].text);
		if (!md_proposal_add_text(b,
		                          &(struct md_proposal_text){
		                                  .path = "x.example.yaml",
		                                  .text = with_quotes(mem, cases[i].text) },
		                          &why))
			fail_msg("%s", why);
		got = answer(mem, md_proposal_done(b), cases[i].name, cases[i].type);
		if (strncmp(want, "unknown", 7) == 0)
			got = md_strndup(mem, got,
			                 strlen(want) < strlen(got) ? strlen(want)
			                                            : strlen(got));
		assert_string_equal(got, want);
		md_arena_free(mem);
	}
}

static const struct {
	const char *path, *text, *why;
} refused[] = {
	{ "x", "", "x: neither a zone file nor of dnscontrol print-ir, octoDNS, " },
	{ "x", "<html>\n", "x: neither a zone file nor of dnscontrol" },
	{ "x", "{}", "x: this JSON is neither of dnscontrol" },
	{ "x", "[1]", "x: this JSON is neither of dnscontrol" },
	{ "x", "{\n'a': 1,\n'a': 2}", "x:3: duplicate object key" },
	{ "x", "{\n\n'a': }", "x:3: unexpected token" },
	{ "x",
	  "{'domains': [{\n'name': 'x.example', 'records': [\n{'type': 'A', 'name': '@', "
	  "'target': '192.0.2'}]}]}",
	  "x:3: A of x.example: '192.0.2' is no A record" },
	{ "x",
	  "{'domains': [{'name': 'x.example', 'records': [{'type': 'MX', 'name': '@', "
	  "'target': 'a ; b'}]}]}",
	  "x:1: 'target' is 'a ; b': no single word" },
	{ "zone.txt", "t:\n  type: A\n  value: 192.0.2.1\n", "zone.txt: neither its name" },
	{ "x.example.yaml", "t:\n  type: A\n  value: 192.0.2\n",
	  "x.example.yaml:3: A of t.x.example: '192.0.2' is no A record" },
	{ "x.example.yaml", "t:\n  value: 192.0.2.1\n",
	  "x.example.yaml:2: a record of t.x.example without 'type'" },
	{ "x.example.yaml", "t: [\n", "x.example.yaml:2: no YAML" },
	{ "x", "{'ResourceRecordSets': [], 'NextToken': 'a'}", "x: the list is cut" },
	{ "x", "{'Changes': [{'Action': 'DROP', 'ResourceRecordSet': {}}]}",
	  "x:1: 'DROP' is no action" },
	{ "x",
	  "{'result': [{'name': 'a.x.example', 'type': 'A', 'content': '192.0.2.1'}], "
	  "'result_info': {'total_count': 2}}",
	  "x: only a page of the zone" },
	{ "x",
	  "{'result': [{'name': 'a.x.example', 'type': 'A', 'content': '192.0.2.1'}, "
	  "{'name': 'b.x.example', 'type': 'A', 'content': '192.0.2.1'}]}",
	  "x: nothing tells which zone it is" },
	{ "x", "{'resource_changes': [], 'errored': true}", "x: the plan failed" },
	/* Terraform's own files */
	{ "x", "{'version': 4, 'terraform_version': '1.9.5', 'lineage': 'l', 'resources': []}",
	  "x: a state of Terraform (terraform.tfstate) and no plan: " },
	{ "x", "PK\x03\x04 and more", "x: a ZIP file" },
	/* tags and aliases */
	{ "x.example.yaml", "t:\n  type: A\n  value: !ref a\n",
	  "x.example.yaml:3: the tag !ref is not read" },
	{ "x.example.yaml", "t:\n  type: A\n  value: *a\n",
	  "x.example.yaml:3: no anchor is called 'a'" },
	{ "x.example.yaml", "t: {<<: a}\n", "x.example.yaml:1: '<<' takes mappings" },
	/* RFC 1035 3.3: what Route 53 itself refuses; others cut the text for one */
	{ "x",
	  PLAN("aws_route53_record",
	       "{'name': 'x.example', 'type': 'TXT', 'records': ["
	       "'0123456789012345678901234567890123456789012345678901234567890123456789"
	       "0123456789012345678901234567890123456789012345678901234567890123456789"
	       "0123456789012345678901234567890123456789012345678901234567890123456789"
	       "01234567890123456789012345678901234567890123456789']}",
	       "{}"),
	  "x:1: aws_route53_record.r: TXT of x.example: " },
};

static void
what_is_no_input_is_refused_with_its_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct md_arena *mem = md_arena_new();
		struct md_proposal_builder *b = md_proposal_new(mem);
		const char *why = "", *want = with_quotes(mem, refused[i].why).p;

		assert_false(md_proposal_add_text(
		        b,
		        &(struct md_proposal_text){ .path = refused[i].path,
		                                    .text = with_quotes(mem, refused[i].text) },
		        &why));
		print_message("  %s\n", why);
		if (strncmp(why, want, strlen(want)) != 0)
			assert_string_equal(why, want);
		assert_int_equal(md_proposal_done(b)->nzones, 0);
		md_arena_free(mem);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_format_is_read_as_its_tool_means_it),
		cmocka_unit_test(what_is_no_input_is_refused_with_its_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
