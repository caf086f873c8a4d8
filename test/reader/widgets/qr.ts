/** QRWidget and QRMessage: what they encode is what can be read. */
import { uiManager } from "../loop/ui-manager";
import { closeIn, runCallback, widgetClass } from "./widget-class";

const shown = (text: string): string => `QR code: ${text}`;

export const qrWidget = widgetClass<KOReader.QrWidgetFields, object>({
  texts() {
    return [shown(this.text)];
  },
});

export const qrMessage = widgetClass<KOReader.QrMessageFields, object>({
  modal: true,
  onShow() {
    closeIn(this.timeout, this as never);
  },
  onCloseWidget() {
    runCallback("dismissed QR code", this.dismiss_callback);
  },
  texts() {
    return [shown(this.text)];
  },
  tap(_text: string) {
    uiManager.close(this as never);
    return true;
  },
  back() {
    uiManager.close(this as never);
  },
});
