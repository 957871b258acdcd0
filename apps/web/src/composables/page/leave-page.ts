/** Leaves these pages for an address that the server gave. The page that is left is not one to come back to. */
export function leavePage(address: string): void {
  location.replace(address);
}
