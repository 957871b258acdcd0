import { haproxySnippets } from './haproxy-snippets';
import type { Snippet } from './snippet.types';

const HEADERS = ['Remote-User', 'Remote-Groups', 'Remote-Name', 'Remote-Email', 'Portillon-Assertion'];

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
  const names = HEADERS.map((header) => [header, header.toLowerCase().replaceAll('-', '_')] as const);
  const taken = names
    .map(([, name]) => `  auth_request_set $gate_${name} $upstream_http_${name};`)
    .join('\n');
  const passed = names.map(([header, name]) => `  proxy_set_header ${header} $gate_${name};`).join('\n');
  return `location / {
  auth_request /portillon-check;
  auth_request_set $gate_location $upstream_http_location;
${taken}
  error_page 401 = @portillon_sign_in;
  error_page 403 = /.portillon/forbidden;
  proxy_set_header Host $host;
${passed}
  proxy_pass http://application:8080;
}
location = /portillon-check {
  internal;
  proxy_pass http://portillon:3000/api/gate/auth-request;
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
  const dropped = HEADERS.map((header) => `      request_header -${header}`).join('\n');
  return `${host} {
  handle /.portillon/* {
    reverse_proxy portillon:3000
  }
  handle {
    route {
${dropped}
      forward_auth portillon:3000 {
        uri /api/gate/forward-auth
        copy_headers ${HEADERS.join(' ')}
      }
      reverse_proxy application:8080
    }
  }
}`;
}

function traefikText(host: string): string {
  return `http:
  middlewares:
    portillon:
      forwardAuth:
        address: http://portillon:3000/api/gate/forward-auth
        authResponseHeaders: [${HEADERS.join(', ')}]
  routers:
    app:
      rule: Host(\`${host}\`)
      middlewares: [portillon]
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
