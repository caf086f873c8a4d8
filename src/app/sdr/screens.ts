import { sdrTargetKey } from "../../core/sdr-settings";
import { cloudAccounts } from "../../koreader/cloud-accounts";
import { part } from "../../parts";
import type { SdrChange, SdrRun, SdrSync } from "../../ports/sdr-sync";
import type { TestNews } from "../sdr-errand";
import type { SdrDesk } from "./desk";
import { SdrBookScreens } from "./screen-books";
import { SdrLinkScreens } from "./screen-links";

/** What the screens show and do. */
export class SdrScreens {
  constructor(
    private readonly desk: SdrDesk,
    private readonly staged: () => readonly SdrChange[],
    private readonly putIn: () => void,
  ) {}

  ports(): SdrSync {
    return {
      ...this.setUp(),
      ...this.running(),
      ...new SdrBookScreens(this.desk).ports(),
      ...new SdrLinkScreens(this.desk).ports(),
    };
  }

  private setUp(): Pick<
    SdrSync,
    "accounts" | "test" | "choose" | "switchOff" | "options" | "saveOptions" | "renameThis"
  > {
    const { desk } = this;
    return {
      accounts: () => cloudAccounts(),
      test: (target, done) => {
        let news: TestNews | undefined;
        return desk.runtime.taps.add<TestNews>({
          prepare: () => tell => {
            part("app/sdr-errand").tryFolder(target, tell);
          },
          onMessage: told => {
            news = told;
          },
          onEnd: died => {
            if (news?.kind === "tested") done({ ok: true, value: news.tested });
            else done({ ok: false, failure: news?.failure ?? died ?? { reason: "cancelled" } });
          },
        });
      },
      choose: target => {
        desk.runtime.settings.saveSdr({ target: { ...target }, known: false });
        desk.forget();
      },
      switchOff: () => {
        desk.runtime.settings.saveSdr({ target: false });
        desk.forget();
      },
      options: () => desk.options(),
      saveOptions: changes => {
        desk.runtime.settings.saveSdr({ options: { ...desk.options(), ...changes } });
      },
      renameThis: label => {
        desk.runtime.settings.setDeviceName(label);
      },
    };
  }

  private running(): Pick<
    SdrSync,
    | "status"
    | "watch"
    | "syncNow"
    | "cancel"
    | "preview"
    | "applyPreview"
    | "publishAgain"
    | "history"
    | "staged"
    | "applyStaged"
  > {
    const { desk } = this;
    return {
      status: () => desk.status(),
      watch: changed => desk.watch.add(changed),
      syncNow: () => desk.taps.sync(),
      cancel: () => {
        desk.cancel();
      },
      preview: done => desk.taps.preview(done),
      applyPreview: () => desk.taps.sync({ isConfirmed: true }),
      publishAgain: () => {
        const target = desk.target();
        if (target !== undefined) desk.tools.notebook.store.segments.forgetSent(sdrTargetKey(target));
        return desk.taps.sync({ mayBeEmpty: true });
      },
      history: limit => this.history(limit),
      staged: () => {
        const incoming = this.staged();
        return incoming.length === 0 ? undefined : { title: this.staging(), incoming };
      },
      applyStaged: () => {
        this.putIn();
      },
    };
  }

  /** The title of the book on screen. */
  private staging(): string {
    return this.desk.runtime.reading?.document.title() ?? "";
  }

  private history(limit: number): SdrRun[] {
    const { notebook, json } = this.desk.tools;
    const runs: SdrRun[] = [];
    for (const { at, payload } of notebook.store.history.newest(limit)) {
      const read = json.decode(payload);
      if (read.ok) runs.push({ ...(read.value as SdrRun), at });
    }
    return runs;
  }
}
