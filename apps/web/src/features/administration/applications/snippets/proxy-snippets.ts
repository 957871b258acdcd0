import { haproxySnippets } from './haproxy-snippets';
import type { Snippet } from './snippet.types';

const HEADERS = ['Remote-User', 'Remote-Groups', 'Remote-Name', 'Remote-Email', 'Portillon-Assertion'];

/** What a client claims of its host and its address, beside what proxies replace themselves. */
const UNTRUSTED = ['Forwarded', 'X-Forwarded-Port', 'X-Forwarded-Prefix', 'X-Forwarded-Server'];
/** By these a framework would take the request for another one than the gate was asked about. */
const OVERRIDES = [
  'X-Original-URL',
  'X-Rewrite-URL',
  'X-HTTP-Method-Override',
  'X-Method-Override',
  'X-HTTP-Method',
];

/** Where a proxy reaches both, by name and port. */
export interface ProxiedHosts {
  application: string;
  portillon: string;
}
/** As the guide writes them. */
export const HOSTS: ProxiedHosts = { application: 'application:8080', portillon: 'portillon:3000' };

/** What a reverse proxy needs to ask the gate, for the application at `host`: the blocks of the guide. */
export function proxySnippets(host: string, { application, portillon }: ProxiedHosts): Snippet[] {
  const snippets: Snippet[] = [
    { id: 'nginx', name: 'nginx', text: nginxText(host) },
    { id: 'caddy', name: 'Caddy', text: caddyText(host) },
    ...haproxySnippets(host),
    { id: 'traefik', name: 'Traefik', text: traefikText(host) },
  ];
  return snippets.map(({ text, ...snippet }) => ({
    ...snippet,
    text: text.replaceAll(HOSTS.application, application).replaceAll(HOSTS.portillon, portillon),
  }));
}

function nginxText(host: string): string {
  const short = (name: string) => name.split('_', 2)[1]!;
  const names = HEADERS.map((header) => [header, header.toLowerCase().replaceAll('-', '_')] as const);
  const taken = names
    .map(([, name]) => `  auth_request_set $gate_${short(name)} $upstream_http_${name};`)
    .join('\n');
  const cleared = [...UNTRUSTED, ...OVERRIDES].map((name) => `  proxy_set_header ${name} "";`).join('\n');
  const passed = names
    .map(([header, name]) => `  proxy_set_header ${header} $gate_${short(name)};`)
    .join('\n');
  return `# In a server of its own, for any other host: listen 443 ssl http2 default_server; ssl_reject_handshake on; return 444;
location / {
  auth_request /portillon-check;
  auth_request_set $gate_location $upstream_http_location;
${taken}
  error_page 401 = @portillon_sign_in;
  error_page 403 = /.portillon/forbidden;
  proxy_set_header Host ${host};
  proxy_set_header X-Forwarded-Host ${host};
  proxy_set_header X-Forwarded-Proto https;
  proxy_set_header X-Forwarded-For $remote_addr;
  proxy_set_header X-Real-IP $remote_addr;
${cleared}
${passed}
  proxy_pass http://application:8080;
}
location = /portillon-check {
  internal;
  proxy_pass http://portillon:3000/api/gate/auth-request;
  proxy_connect_timeout 3s;
  proxy_read_timeout 3s;
  proxy_pass_request_body off;
  proxy_set_header Content-Length "";
  proxy_set_header X-Original-URL https://${host}$request_uri;
  proxy_set_header X-Original-Method $request_method;
  proxy_set_header X-Forwarded-For $remote_addr;
}
location @portillon_sign_in {
  if ($gate_location = "") {
    return 401;
  }
  return 302 $gate_location;
}
location /.portillon/ {
  proxy_pass http://portillon:3000;
  proxy_set_header X-Forwarded-Proto https;
  proxy_set_header X-Forwarded-Host ${host};
  proxy_set_header X-Forwarded-For $remote_addr;
}`;
}

function caddyText(host: string): string {
  const dropped = [...HEADERS, ...OVERRIDES, ...UNTRUSTED, 'X-Real-IP']
    .map((header) => `      request_header -${header}`)
    .join('\n');
  return `${host} {
  handle /.portillon/* {
    reverse_proxy portillon:3000
  }
  handle {
    route {
      @named header_regexp Connection (?i)remote-|portillon-
      respond @named 400
${dropped}
      forward_auth portillon:3000 {
        uri /api/gate/forward-auth
        copy_headers ${HEADERS.join(' ')}
        transport http {
          dial_timeout 3s
          response_header_timeout 3s
        }
      }
      reverse_proxy application:8080 {
        header_up Host ${host}
      }
    }
  }
}`;
}

function traefikText(host: string): string {
  const cleared = [...OVERRIDES, 'Forwarded', 'X-Forwarded-Prefix']
    .map((name) => `          ${name}: ''`)
    .join('\n');
  return `http:
  middlewares:
    one-request:
      headers:
        customRequestHeaders:
${cleared}
          Host: ${host}
    portillon:
      forwardAuth:
        address: http://portillon:3000/api/gate/forward-auth
        trustForwardHeader: false
        authResponseHeaders: [${HEADERS.join(', ')}]
  routers:
    app:
      rule: Host(\`${host}\`)
      middlewares: [one-request, portillon]
      service: application
    app-portillon:
      rule: Host(\`${host}\`) && PathPrefix(\`/.portillon/\`)
      service: portillon
  services:
    application:
      loadBalancer: { servers: [{ url: http://application:8080 }] }
    portillon:
      loadBalancer: { servers: [{ url: http://portillon:3000 }] }`;
}
