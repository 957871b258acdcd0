/**
 * Opens an address that the server gave and replaces this page in the history, so that « back » does not return to
 * it.
 */
export function leavePage(address: string): void {
  location.replace(address);
}
