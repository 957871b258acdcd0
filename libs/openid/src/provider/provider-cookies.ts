/**
 * The library's cookies, which find a browser again on its way through the pages; none opens a session. Over HTTPS
 * their prefix keeps a neighbouring subdomain, or plain HTTP, from planting one (RFC 6265bis, 4.1.3). The cookies of
 * one request have a specific path, which `__Host-` does not allow.
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
