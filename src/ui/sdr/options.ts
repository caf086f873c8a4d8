import ffiUtil = require("ffi/util");
import SpinWidget = require("ui/widget/spinwidget");
import UIManager = require("ui/uimanager");
import { SDR_DEFAULTS, type SdrOptions } from "../../core/sdr-settings";
import { guarded } from "../../guard";
import type { SdrSync } from "../../ports/sdr-sync";
import { _ } from "../gettext";
import { say } from "../say";
import { showList } from "./list";
import { SCREEN_SETTINGS, type ScreenSetting } from "./screen-keys";

const T = ffiUtil.template;
const MOST_HOURS = 168;
const MOST_PERCENT = 100;

type Flag = "atClose" | "whenConnected" | "atWake" | "atSleep";

const FLAGS: readonly Flag[] = ["atClose", "whenConnected", "atWake", "atSleep"];

const FLAG_NAMES: Readonly<Record<Flag, () => string>> = {
  atClose: () => _("When a book is closed"),
  whenConnected: () => _("When a network is there"),
  atWake: () => _("On waking up"),
  atSleep: () => _("Before sleep"),
};

const onOff = (isOn: boolean): string => (isOn ? _("yes") : _("no"));

/** When it syncs by itself, and what travels besides the highlights. */
export function showOptions(sdr: SdrSync): void {
  showList({
    title: _("When and what to sync"),
    rows: refresh => rowsOf(sdr, refresh),
  });
}

function rowsOf(sdr: SdrSync, refresh: () => void): KOReader.ListItem[] {
  const options = sdr.options();
  const save = (changes: Partial<SdrOptions>) => {
    sdr.saveOptions(changes);
    refresh();
  };
  const flags = FLAGS.map((flag): KOReader.ListItem => ({
    text: FLAG_NAMES[flag](),
    mandatory: onOff(options[flag]),
    callback: guarded(() => {
      save({ [flag]: !options[flag] });
    }),
  }));
  return flags.concat([
    hoursRow(options, save),
    batteryRow(options, save),
    screenRow(sdr, options, refresh),
    helpRow(),
  ]);
}

type Save = (changes: Partial<SdrOptions>) => void;

function hoursRow({ everyHours }: SdrOptions, save: Save): KOReader.ListItem {
  return {
    text: _("While you read"),
    mandatory: everyHours === 0 ? onOff(false) : T(_.ngettext("every hour", "every %1 hours", everyHours), everyHours),
    callback: guarded(() => {
      spin(
        _("While you read"),
        _("In hours. 0: not by the hour."),
        everyHours,
        MOST_HOURS,
        SDR_DEFAULTS.everyHours,
        value => {
          save({ everyHours: value });
        },
      );
    }),
  };
}

function batteryRow({ batteryFloor }: SdrOptions, save: Save): KOReader.ListItem {
  return {
    text: _("Not when the battery is below"),
    mandatory: T(_("%1 %"), batteryFloor),
    callback: guarded(() => {
      const info = _("In percent. A tap on “Sync now” syncs all the same.");
      spin(_("Lowest battery"), info, batteryFloor, MOST_PERCENT, SDR_DEFAULTS.batteryFloor, value => {
        save({ batteryFloor: value });
      });
    }),
  };
}

function spin(
  title: string,
  info: string,
  value: number,
  most: number,
  usual: number,
  set: (value: number) => void,
): void {
  UIManager.show(
    SpinWidget.new({
      title_text: title,
      info_text: info,
      value,
      value_min: 0,
      value_max: most,
      default_value: usual,
      ok_text: _("Set"),
      callback: guarded((spun: { readonly value: number }) => {
        set(spun.value);
      }),
    }),
  );
}

const isChosen = ({ keys }: ScreenSetting, { screenKeys }: SdrOptions): boolean =>
  keys.every(key => screenKeys.includes(key));

function screenRow(sdr: SdrSync, options: SdrOptions, refresh: () => void): KOReader.ListItem {
  const count = SCREEN_SETTINGS.filter(each => isChosen(each, options)).length;
  return {
    text: _("Settings of the screen that travel, too…"),
    mandatory: count === 0 ? _("none") : `${count}`,
    callback: guarded(() => {
      showScreenKeys(sdr, refresh);
    }),
  };
}

/** Off at first: what suits one screen may not suit another. */
function showScreenKeys(sdr: SdrSync, closed: () => void): void {
  showList({
    title: _("Settings of the screen that travel"),
    rows: refresh =>
      SCREEN_SETTINGS.map(each => ({
        text: each.name(),
        mandatory: onOff(isChosen(each, sdr.options())),
        callback: guarded(() => {
          toggle(sdr, each);
          refresh();
        }),
      })),
    closed,
  });
}

function toggle(sdr: SdrSync, setting: ScreenSetting): void {
  const options = sdr.options();
  const others = options.screenKeys.filter(key => !setting.keys.includes(key));
  sdr.saveOptions({ screenKeys: isChosen(setting, options) ? others : others.concat(setting.keys) });
}

const helpRow = (): KOReader.ListItem => ({
  text: _("What these mean…"),
  callback: guarded(() => {
    say(
      _(
        "Ribbon syncs by itself at the times that say “yes”, if a network is there. It never switches Wi-Fi on for that.\n\n“Before sleep” takes a few seconds at most.\n\nFonts, margins and the like stay on each device, as screens differ: under “Settings of the screen” you choose which of them follow a book to your other devices.",
      ),
    );
  }),
});
