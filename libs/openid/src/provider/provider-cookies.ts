/**
 * The library's cookies, which identify a browser between pages; none of them opens a session. Over HTTPS their prefix
 * stops another subdomain, or plain HTTP, from setting one (RFC 6265bis, 4.1.3). The cookies of one request have a specific
 * path, which `__Host-` does not allow.
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
