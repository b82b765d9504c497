// A small file of each format that Divar takes. Most are seeds of the fuzz targets, which the crate `samples`
// writes; DOC, XLS and PPT are a compound file with the one stream that names the format.
import { gunzipSync } from "node:zlib";
import type { MediaType } from "../types/upload.js";

/** A file to upload, and what it is. */
export interface Sample {
  type: MediaType;
  format: string;
  file: File;
}

/** Gzip, in base64. */
const SAMPLES: readonly [MediaType, format: string, name: string, mime: string, gzip: string][] = [
  [
    "image",
    "PNG",
    "probe.png",
    "image/png",
    "H4sIAAAAAAACA+sM8HPn5ZLiYmBg4PX0cAkC0owgzAEkGKzqZoeCJVwcQyoYGZkY/v5naGBoYmg8nKf6AKTA09XPZZ1TQhMAffYuSkYAAAA=",
  ],
  [
    "image",
    "JPEG",
    "probe.jpg",
    "image/jpeg",
    "H4sIAAAAAAACA/t/4/8DBgEvN083BkYmBgZGIGT4f5vBmYGRQvD/CIMIyDBUABIVwBQ9wMDNwQCEjIyCDP9vgWgGBnsG+/83AezwtJGfAAAA",
  ],
  [
    "video",
    "MP4",
    "probe.mp4",
    "video/mp4",
    "H4sIAAAAAAACA81TO07DQBAdx/khERE6I0UkSBSUIIU+4lPQ0dDROFlHseKNI+/GCCrOwAE4AccInIEGiZKCmjbM2NnFHwgQUfDk9c7beTPj8dgAYPXl5dgVPgcE7bFd3OW+H+KRx8MBgxTMF4BmBwyg6wNGWpXlHViIFQx4k4E9RPtcDqOalXy2Zj7ND+oWrvH4OXLecObaaLQ4+7yvs2lEtgbMC5QndJmTrXLC3VEfjbrgqUTbLD5vsMDpJx5pdRJ4rdg2akJ2PbQnQgqW0Dh22Nv7oi1sIm7hF7BmM7yvYdZD4wA2Z1G8JaQUiSLVuHPYwYfpqVpzn5nY1VkbdVeJIhgPtW9WQ8ier14zfl2nuG5xvWLKhwVTL/zR1LvLTF34k1G2ysbyU4en+dSPM1Pf5+O2nWvDgDptd0cRW3cEi4ZmmvPR/oMpXuC6ByiVkT9yZkv6TwwFIgUFIqYCvVgtI6JlRLSMYooKREoKRMoKFKNlRLSMiJZRTEWBSFWBZNpDRHveAcgAq7ogBQAA",
  ],
  [
    "voice",
    "M4A",
    "probe.m4a",
    "audio/mp4",
    "H4sIAAAAAAACA41ST0sbQRSfZKumUEGFQpTQxOJBEllTTayBHqwo6KF4kN56WXcmOGQnu9mZlSZQ7FcoFKTQYy8Bod+gp6KHHPwEgujFj+F7szu4aULbH/t47/f+zptZQki+qbrBu9rbEgGg5tIXhFjzwvdPwOWJk2OKsdvTphaI3RNS3CIZgt8jhsgo3yJ/xVMouFCh0wL7g2rpmVOPM0234mib/5ib/QzuGx08EpQ7YJQEHb/X+9+6bPGYeqHpIf2o/eeUecHbWDUjRdwowRKN/QUasmbqSM+i0Csl9rVURx7oXakkTeXURVBzRtbIkBlU5zuazTJJJRqWFYfzUimZKsrFm5BlaO4m/mwSs1La+GqQ10stAPVk+h9SkMr1k3zoZX0C+QEyAL4XUYVLvOh/7PbI3PPLynrd3thsrFWq9Vf2+majuopr9NuOwKjiymPaIeDxwQGK4c2fCab7DL2EiHsP4U2LddMXsIJJri9sJwg8Znci7rYUF8z2fNdR3G/b+4cHG6+rDchd455UoMtJ7Uvq6AH69scevBxFnP7qXQ3O+tv33zvfvn65+3k+NnOhGTI2NhIIGIM/VcYASdYAiWWA5IkBkgkDJJMGSKYMkOQMHgB2dAou5QMAAA==",
  ],
  [
    "voice",
    "3GP",
    "probe.3gp",
    "audio/3gpp",
    "H4sIAAAAAAACA42QwU7DMAyG3RbYkEAatyFN2pA4cGdw4LQDPAIXxKVbVlatWao6mwQneBsOPAbiLZA48hiz01qkKxp8SmT/tuPEAYBuYh/z84f8Egi2KRoNEF5pY1YUyvRqpqBG9A3QH0EAvH4I6lWbegRb2acDH7aI5+Tf27m7s9Xs1m+2+ce94TOFv1xyrFUakzPQ6ve5bt+dOJmprJAMmuVi85ZjnS4Scjqoa41OVRnvqWKaeE86WBbZoPI/0Y4zsjdoUXk1Fzofxo0xAuiwebt26miKCt1zozLdRWvRO9QuJ4Ezaj6p4mGVizwrsSHVPXkD0Hk4/GP30E6MfBu1uqP9QvuVdK5VbPnHAoFFKLCIBBY7AotdgcWewKIlsGgLawM68zDCAgAA",
  ],
  [
    "file",
    "PDF",
    "probe.pdf",
    "application/pdf",
    "H4sIAAAAAAACA2WPTQuCQBCG7/sr5uKxdlddQQgPWV4iEusmHjYcxRA31g2sX9+moIRzGJh3nnc+nPSQbPjWJxwYqPtjt6O39xNpLI1sVU1TWWMPrm1mUYRdaRHi/qMjQk9N2efejytorF6dAT4bvLXBJo0WGifTM5aN3KshZ7YMISxm66CxIgx8wuaAQAhPQAWLFsLU6RZNuCuNM75oRsumRW1vujYfBJ9mStmbp0dJb6Q2424eMOI4x0tCvpC+mvMrAQAA",
  ],
  [
    "file",
    "DOC",
    "probe.doc",
    "application/msword",
    "H4sIAAAAAAACA+3UsQ2CQBgF4HcgKp02FlROYqUL2DiAWqoJ0cJxLBjAEZxAR9DeFfR8R46EWEGkkbyPvPwEcvdD/uRu1+H9dE4e+DJBiLeN0S09Mz65AfjeWndbVMfKX3kxbn4hZ9dhIsbNvMf0mdjPV9ppjh2vPcaYYcua4og6RohMsZepuKZ8XizYPcUKU9YlDthgnX9HVQkCU/6fKmsCf341pW7/pv3S/5ldICIiIiIiIiLt9gGXC16IABYAAA==",
  ],
  [
    "file",
    "DOCX",
    "probe.docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "H4sIAAAAAAACAwvwZmYRYYAARYbjMuI2HEAWCAsDcbRzfl5Jal5JfEhlQWpxrF5Fbo4NmKlvF4Ci0fpNkRiIB8KCQJySnxxQlF9QrJ+cX5QK1pZcYAVig0RTi0oyMY3o+DdpGy+QBcICyEYkFhSATcCtVbtFTYgFyGKB2l6eX5SiD9Rfmgt0O1hvBUgLI5MIA26/ogIsPkc3AN3PCGCJLQTQtaP7FwFqsPgeXTe6lxFgO7YACPBmZWMAK2dh+AukX4GVAgBmhX5e/QEAAA==",
  ],
  [
    "file",
    "XLS",
    "probe.xls",
    "application/vnd.ms-excel",
    "H4sIAAAAAAACA+3UMQ6CMBQG4L9gkTKpg4OTJ3HzAi7uriSaEBeP4xE8iRxBD6L1lRTTMNHIIvk/8qdAUx7wktb3+eN6Wz3RsUGKtzXIgnvKpzGDzFvrTtvRsfRXXhLXv1R6N5Foiev5VJJLjO8vjdMOJznOWGOLo4wVLoixhFbts1TPNeF+sZfqFUocmvcoEWuBRIXf02dN4vevocTWH9ov9U0uPyLT3+sCRERERERERDQ2H7cYhRgAFgAA",
  ],
  [
    "file",
    "XLSX",
    "probe.xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "H4sIAAAAAAACAwvwZmYRYYAARYbjMuI2HEAWCAsDcbRzfl5Jal5JfEhlQWpxrF5Fbo4NmKlvF4Ci0fpNkRiIB8KCQJySnxxQlF9QrJ+cX5QK1pZcYAVig0RTi0oyMY3o+DdpGy+QBcICyEYkFhSATcCtVbtFTYgFyAJhfiCuyNEvzy/KTsrPzwbrrABpYGQSYcDtU1SAxd/oBqD7GAEssfkfXTu6bxGgBovf0XWjexgBtmN6P8CblY0BrJiF4TeQfgFWCAC4Igqb+QEAAA==",
  ],
  [
    "file",
    "PPT",
    "probe.ppt",
    "application/vnd.ms-powerpoint",
    "H4sIAAAAAAACA+3UMQrCMBgF4JfGqp3UxcGpo6dw0l28gjg4qCCKeByP4En0CLp5CY0vpYUiCC12sbyvPBIS0r/lh1wvvdvpPLjjwwgWLxehmVszaRJdcN85P81Gz8lfeTK+f5a9azAh43veYtpMlPZX6mmGDZ8dYkyw5rjFEWX0EZrsXabgmfx9MWX1Axas62fL5BtijDmfY48Vd/zKd0MEJv8/ReoH6f1VlbL1q/ZL/Q4eFiIiIiIiIiJSa28ceoDjABYAAA==",
  ],
  [
    "file",
    "PPTX",
    "probe.pptx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "H4sIAAAAAAACAwvwZmYRYYAARYbjMuI2HEAWCAsDcbRzfl5Jal5JfEhlQWpxrF5Fbo4NmKlvF4Ci0fpNkRiIB8KCQJySnxxQlF9QrJ+cX5QK1pZcYAVig0RTi0oyMY3o+DdpGy+QBcICyEYkFhSATcCtVbtFTYgFyGKBuqCgoES/oCi1GOjyxJLM/Dyw9gqQLkYmEQbc3kUFWDyPbgC6txHAElsgoGtH9zIC1GAJAHTd6L5GgO04wiDAm5WNAawDqIeRgeEtWDUAZwuyrAMCAAA=",
  ],
];

/** A sample of each format. */
export const samples: readonly Sample[] = SAMPLES.map(([type, format, name, mime, gzip]) => {
  const bytes = new Uint8Array(gunzipSync(Buffer.from(gzip, "base64")));
  return { type, format, file: new File([bytes], name, { type: mime }) };
});

/** The first sample of a media type. */
export function sampleOf(type: MediaType): Sample {
  const found = samples.find((sample) => sample.type === type);
  if (found === undefined) throw new TypeError(`no sample of ${type}`);
  return found;
}

/** The file with zeros behind its end, up to a size. Readers of pictures and documents ignore them. */
export function padded({ file }: Sample, bytes: number): File {
  const parts = [file, new Uint8Array(bytes - file.size)];
  return new File(parts, file.name, { type: file.type });
}
