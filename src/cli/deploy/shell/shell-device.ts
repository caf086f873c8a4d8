import type { Device, Outcome, Progress, Survey } from "../device";
import type { Payload } from "../payload";
import type { Plan } from "../plan";
import { readOutcome, readSurvey } from "./answers";
import { planScript, surveyScript } from "./script";
import type { Shell } from "./shell";
import { tarOf } from "./tar";

/** A device with a shell: a script looks, a second one does what was planned. */
export class ShellDevice implements Device {
  readonly name: string;

  /** `folder` is the only place to look at, where it is given. */
  constructor(
    private readonly shell: Shell,
    private readonly folder: string | undefined,
  ) {
    this.name = shell.name;
  }

  async survey(): Promise<Survey> {
    return readSurvey(await this.shell.ask(surveyScript(this.folder)));
  }

  async carryOut(plan: Plan, payload: Payload | undefined, progress: Progress): Promise<Outcome> {
    const input = plan.staging === undefined || payload === undefined ? undefined : tarOf(payload.files);
    const answers = await this.shell.run(planScript(plan, payload), input, {
      sent: bytes => progress.copied(bytes),
      answer: ({ word, rest }) => {
        if (word === "step" && (rest === "check" || rest === "swap")) progress.step(rest);
      },
    });
    return readOutcome(answers);
  }

  close(): void {
    this.shell.close();
  }
}
