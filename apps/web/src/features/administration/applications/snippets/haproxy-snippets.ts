import type { Snippet } from './snippet.types';

/** HAProxy has no forward-auth of its own: a script asks the gate. Both files are those of the guide. */
export function haproxySnippets(host: string): Snippet[] {
  return [
    { id: 'haproxy', name: 'HAProxy (haproxy.cfg)', text: CONFIGURATION.replaceAll('app.example', host) },
    { id: 'haproxy-lua', name: 'HAProxy (portillon.lua)', text: SCRIPT },
  ];
}

const CONFIGURATION = `global
  lua-load /etc/haproxy/portillon.lua

defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s

frontend app
  bind :443 ssl crt /etc/haproxy/app.example.pem
  acl of_portillon path_beg /.portillon/
  # Another host than this is another application, or none.
  http-request deny deny_status 421 unless { req.hdr(host),field(1,:) -i app.example }
  # CGI reads Remote_User as Remote-User.
  http-request deny if { req.hdr_names -m sub _ }
  # What Connection names, a server further on may drop.
  http-request deny if { req.hdr(connection) -m sub -i remote- portillon- }
  # By these a framework would take the request for another one than the gate was asked about.
  http-request del-header X-Original-URL
  http-request del-header X-Rewrite-URL
  http-request del-header X-HTTP-Method-Override
  http-request del-header X-Method-Override
  http-request del-header X-HTTP-Method
  # What a client claims of its host and its address is replaced: the gate was asked about this one.
  http-request set-header Host app.example
  http-request set-header X-Real-IP %[src]
  http-request del-header Forwarded
  http-request del-header X-Forwarded-Port
  http-request del-header X-Forwarded-Prefix
  http-request del-header X-Forwarded-Server
  # The host is written out: a client chooses its own, and with it another application's rules.
  http-request set-header X-Forwarded-Proto https
  http-request set-header X-Forwarded-Host app.example
  http-request set-header X-Forwarded-Method %[method]
  http-request set-header X-Forwarded-Uri %[pathq]
  http-request set-header X-Forwarded-For %[src]
  http-request lua.portillon if !of_portillon
  use_backend portillon if of_portillon
  default_backend application

backend portillon
  server portillon portillon:3000

backend application
  server application application:8080`;

const SCRIPT = `-- portillon.lua
local GATE = 'http://portillon:3000/api/gate/forward-auth'
local ASKED_WITH = { 'accept', 'cookie', 'sec-fetch-mode', 'x-requested-with', 'x-forwarded-proto',
  'x-forwarded-host', 'x-forwarded-method', 'x-forwarded-uri', 'x-forwarded-for' }
local PASSED_ON = { 'remote-user', 'remote-groups', 'remote-name', 'remote-email', 'portillon-assertion' }
local SENT_BACK = { 'content-type', 'location', 'set-cookie', 'www-authenticate', 'cache-control' }

local function listOf(values)
  local list = {}
  for index = 0, #(values or {}) do
    if values and values[index] then list[#list + 1] = values[index] end
  end
  return list
end

core.register_action('portillon', { 'http-req' }, function(txn)
  local asked, headers = txn.http:req_get_headers(), {}
  for _, name in ipairs(ASKED_WITH) do
    if asked[name] then headers[name] = listOf(asked[name]) end
  end
  local answer = core.httpclient():get({ url = GATE, headers = headers, timeout = 3000 })

  if answer and answer.status == 200 then
    for _, name in ipairs(PASSED_ON) do
      txn.http:req_set_header(name, listOf(answer.headers[name])[1] or '-')
    end
    return
  end

  -- The gate's refusal, or none at all: nothing passes without its word.
  local known = answer and answer.status >= 300
  local reply = txn:reply({ status = known and answer.status or 503 })
  for _, name in ipairs(known and SENT_BACK or {}) do
    for _, value in ipairs(listOf(answer.headers[name])) do reply:add_header(name, value) end
  end
  reply:set_body(known and answer.body or '')
  txn:done(reply)
end)`;
