/** Data of the browser about the requesting page, which the library does not check. */
interface ClientData {
  crossOrigin?: unknown;
}

/** Whether the page was embedded in a page of another origin, or does not state it. */
export function isCrossOrigin(clientDataJSON: string): boolean {
  try {
    const { crossOrigin } = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString()) as ClientData;
    return crossOrigin !== undefined && crossOrigin !== false;
  } catch {
    return true;
  }
}
