#!/bin/sh
# A maildiag-witness that is no good, each engine in its own way.
read -r question
ask='{"ask":{"name":"example.com","type":"TXT"}}'
case $question in
*'"honest"'*)
	echo "$ask"
	read -r answer
	case $answer in
	*'v=spf1 -all'*) echo '{"opinion":{"result":"fail","detail":"as it says","lookups":1}}' ;;
	esac
	;;
*'"hangs"'*) sleep 600 ;;
*'"closes"'*)
	exec >&- <&-
	sleep 600
	;;
*'"dies"'*) kill -ABRT $$ ;;
*'"leaves"'*) exit 3 ;;
*'"burns"'*) kill -XCPU $$ ;;
*'"babbles"'*) echo 'Segmentation fault' ;;
*'"mumbles"'*) echo '{"opinion":{"result":"PASS!"}}' ;;
*'"floods"'*) yes '{"nothing":' | tr -d '\n' ;;
*'"hastens"'*) printf '%s\n%s\n' "$ask" "$ask" && sleep 600 ;;
*'"weighs"'*)
	length=${question##*'"message":'}
	sum=$(head -c "${length%%[!0-9]*}" | sha256sum)
	echo '{"opinion":{"result":"pass","detail":"'"${sum%% *}"'","parts":["a","b"]}}'
	;;
*'"waves"'*) echo '{"refused":"no time"}' ;;
*'"shrugs"'*) sleep 600 ;;
*'"interrupts"'*) echo "$ask" && sleep 600 ;;
*'"pesters"'*) while echo "$ask" && read -r answer; do :; done ;;
*'"refuses"'*) echo '{"refused":"too long"}' ;;
*'"guesses"'*)
	echo '{"ask":{"name":"unheard.example.com","type":"A"}}'
	read -r answer
	case $answer in
	*NXDOMAIN*) echo '{"opinion":{"result":"none","detail":"","lookups":1}}' ;;
	esac
	;;
esac
