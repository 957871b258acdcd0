/**
 * The cookies of the library, by which a browser is found again on its way through the pages; none opens a session.
 * Over HTTPS their prefix keeps a neighbouring subdomain, or plain HTTP, from planting one (RFC 6265bis, 4.1.3). Those of
 * one request have a path of their own, which `__Host-` does not let them have.
 */
export function providerCookies(publicUrl: string) {
  const isSecure = publicUrl.startsWith('https:');
  const [host, secure] = isSecure ? ['__Host-', '__Secure-'] : ['', ''];
  return {
    session: `${host}_openid_session`,
    interaction: `${secure}_interaction`,
    resume: `${secure}_interaction_resume`,
  };
}
