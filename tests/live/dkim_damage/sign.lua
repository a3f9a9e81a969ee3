-- Has opendkim sign a message: miltertest -D socket=S -D message=FILE -D signature=FILE -s sign.lua
conn = mt.connect(socket, 40, 0.05)
if conn == nil then error("no connection") end
mt.conninfo(conn, "localhost", "127.0.0.1")
mt.macro(conn, SMFIC_MAIL, "i", "t-1")
mt.mailfrom(conn, "<ann@example.com>")
mt.rcptto(conn, "<bob@example.net>")
local f = assert(io.open(message, "rb"))
local text = f:read("*a")
f:close()
local head, body = text:match("^(.-\r\n)\r\n(.*)$")
head = head:gsub("\r\n([ \t])", "\n%1")
for name, value in head:gmatch("([^:\r]+): ?(.-)\r\n") do
	if mt.header(conn, name, value) ~= nil then error("header") end
end
if mt.eoh(conn) ~= nil then error("eoh") end
if mt.bodystring(conn, body) ~= nil then error("body") end
if mt.eom(conn) ~= nil then error("eom") end
local sig = mt.getheader(conn, "DKIM-Signature", 0)
mt.disconnect(conn)
if sig == nil then error("no signature") end
local out = assert(io.open(signature, "wb"))
out:write("DKIM-Signature:" .. sig:gsub("\r?\n", "\r\n") .. "\r\n")
out:close()
