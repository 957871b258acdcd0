/** Opens an address from the server and replaces this page in the history: « back » does not return to it. */
export function leavePage(address: string): void {
  location.replace(address);
}
