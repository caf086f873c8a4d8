/** KOReader's `datetime`, in English. */

const formatted = (format: string, seconds: number): string => tostring(os.date(format, seconds));

function hour(seconds: number, isTwelve: boolean, pad: "-" | "_"): string {
  return formatted(isTwelve ? `%${pad}I:%M %p` : `%${pad}H:%M`, seconds);
}

const date = (seconds: number, inWords = false): string => formatted(inWords ? "%a %b %d %Y" : "%Y-%m-%d", seconds);

/** Whole minutes, rounded: "01:30". */
function classic(seconds: number, withoutSeconds: boolean): string {
  const whole = withoutSeconds ? Math.floor(seconds / 60 + 0.5) * 60 : seconds;
  const minutes = Math.floor(whole / 60);
  const short = string.format("%02d:%02d", Math.floor(minutes / 60), minutes - Math.floor(minutes / 60) * 60);
  return withoutSeconds ? short : `${short}:${string.format("%02d", whole - minutes * 60)}`;
}

/** "1h30'", "1h 30m" with a thin space; what is shorter than an hour is not asked for. */
function inLetters(seconds: number, withoutSeconds: boolean, isModern: boolean): string {
  const [hours, minutes] = string.match(classic(seconds, withoutSeconds), "^0?(%d+):(%d+)");
  if (isModern) return `${hours}h${minutes}'`;
  return `${hours}h\u2009${tonumber(minutes)}m`;
}

export const datetime: KOReader.DateTime = {
  shortMonthTranslation: {},
  secondsToHour: (seconds, isTwelve = false) => hour(seconds, isTwelve, "-"),
  secondsToDate: date,
  secondsToDateTime: (seconds, isTwelve = false, inWords = false) =>
    `${date(seconds, inWords)} ${hour(seconds, isTwelve, inWords ? "-" : "_")}`,
  secondsToClockDuration(format, seconds, withoutSeconds = false) {
    if (format === "modern" || format === "letters") return inLetters(seconds, withoutSeconds, format === "modern");
    return classic(seconds, withoutSeconds);
  },
};
