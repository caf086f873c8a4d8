// `ribbon deploy` in this process, and what it said.
import { deploy, type DeployRequest } from "../../../../src/cli/deploy/deploy";
import { DeployProblem } from "../../../../src/cli/deploy/problem";

export interface Said {
  readonly text: string;
  /** Why it ended before it was done. */
  readonly why?: string;
}

const NOTHING_SPECIAL = { acceptsNewKey: false, restart: "no", isRollback: false, isDryRun: false } as const;

export type Wish = Partial<DeployRequest> & Pick<DeployRequest, "target">;

export async function runDeploy(wish: Wish): Promise<Said> {
  const lines: string[] = [];
  const voice = {
    say: (line: string) => void lines.push(line),
    begin: () => undefined,
    copied: () => undefined,
    step: (step: string) => void lines.push(`(${step})`),
  };
  try {
    await deploy({ ...NOTHING_SPECIAL, ...wish }, voice);
    return { text: lines.join("\n") };
  } catch (error) {
    if (!(error instanceof DeployProblem)) throw error;
    return { text: [...lines, error.message].join("\n"), why: error.why };
  }
}
