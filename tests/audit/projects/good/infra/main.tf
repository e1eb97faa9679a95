terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.80"
    }
  }
  backend "s3" {
    bucket       = "shop-state"
    key          = "shop"
    encrypt      = true
    use_lockfile = true
  }
}

variable "db_password" {
  sensitive = true
}

resource "aws_security_group_rule" "db" {
  type        = "ingress"
  cidr_blocks = ["10.0.0.0/16"]
}
