/** Which Ribbon a device with this key last said that it is. */
export const ribbonVersion = `
  ALTER TABLE plugin_keys ADD COLUMN ribbon_version TEXT;
  `;
