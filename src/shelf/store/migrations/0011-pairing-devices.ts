/** Which device shows a code, as it says itself, and from where it asked. */
export const pairingDevices = `
  ALTER TABLE pairing_codes ADD COLUMN device TEXT;
  ALTER TABLE pairing_codes ADD COLUMN address TEXT;
  `;
