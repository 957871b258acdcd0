/** What the browser says of the page that asked, as far as the library leaves it to us. */
interface ClientData {
  crossOrigin?: unknown;
}

/** Whether the page that asked was inside a page of another origin, or hides where it was. */
export function isCrossOrigin(clientDataJSON: string): boolean {
  try {
    const { crossOrigin } = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString()) as ClientData;
    return crossOrigin !== undefined && crossOrigin !== false;
  } catch {
    return true;
  }
}
