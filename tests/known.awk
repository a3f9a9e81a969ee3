# Reads a NAME.known, facts in short lines, and prints them as a facts file (maildiag-facts(5)):
#
#	now SECONDS             the time of the run
#	NAME TYPE RDATA         lines of one name and type that follow each other are one answer
#	NAME TYPE NXDOMAIN      or NODATA
#	NAME TYPE ? WHY         not known
#
# Without TYPE the last two hold for all types that have no line of their own.
function quoted(text) {
	gsub(/[\\"]/, "\\\\&", text)
	return "\"" text "\""
}

function begin(name, type) {
	end()
	printf "{\"fact\":\"dns\",\"name\":%s,\"type\":%s,", quoted(name), quoted(type)
}

function end() {
	if (open != "")
		print "]}"
	open = ""
}

# The line without its first n words.
function after(n, text) {
	text = $0
	for (; n > 0; n--)
		sub(/^[^ ]+ /, "", text)
	return text
}

$1 == "now" { printf "{\"fact\":\"run\",\"now\":%s}\n", $2; next }

{ typed = $2 != "?" && !(NF == 2 && ($2 == "NXDOMAIN" || $2 == "NODATA")) }

$(2 + typed) == "?" { begin($1, typed ? $2 : "ANY"); print "\"why\":" quoted(after(2 + typed)) "}"; next }

NF == 2 + typed && ($NF == "NXDOMAIN" || $NF == "NODATA") {
	begin($1, typed ? $2 : "ANY")
	print "\"rcode\":" quoted($NF == "NODATA" ? "NOERROR" : $NF) "}"
	next
}

open == $1 " " $2 { printf ",%s", quoted(after(2)); next }

{ begin($1, $2); printf "\"rdata\":[%s", quoted(after(2)); open = $1 " " $2 }

END { end() }
