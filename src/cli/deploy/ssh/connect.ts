import type { Survey } from "../device";
import { DeployProblem } from "../problem";
import { ShellDevice } from "../shell/shell-device";
import { type SshAddress, SshShell } from "./ssh-shell";

/** Where KOReader's own SSH server listens unless its reader chose another port (`SSH.koplugin`). */
const KOREADER_PORT = 2222;

/**
 * Logs in and looks. Without a port, KOReader's own is tried too when nothing listens at the usual one: nobody should
 * need to know it. Throws a DeployProblem.
 */
export async function connectSsh(
  address: SshAddress,
  folder: string | undefined,
): Promise<{ readonly device: ShellDevice; readonly survey: Survey }> {
  const device = new ShellDevice(new SshShell(address), folder);
  try {
    return { device, survey: await device.survey() };
  } catch (error) {
    device.close();
    const isWorthATry = error instanceof DeployProblem && error.why === "refused" && address.port === undefined;
    if (!isWorthATry) throw error;
    return connectSsh({ ...address, port: KOREADER_PORT }, folder);
  }
}
