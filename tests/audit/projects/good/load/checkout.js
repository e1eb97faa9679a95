import http from "k6/http";

export const options = {
  scenarios: { steady: { executor: "constant-arrival-rate", rate: 50, duration: "5m", preAllocatedVUs: 50 } },
  thresholds: { http_req_failed: ["rate<0.01"], http_req_duration: ["p(95)<500", "p(99)<900"] },
};

export default function () {
  http.get(`${__ENV.TARGET}/books/`);
}
